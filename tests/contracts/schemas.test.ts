import { expect, test } from "vitest";
import { z } from "zod";
import { Cell } from "../../data/contracts/cell.ts";
import { Codebook } from "../../data/contracts/codebook.ts";
import { LifeEvent } from "../../data/contracts/life-event.ts";
import { Release } from "../../data/contracts/release.ts";

/** The schemas beside the contracts are theirs; `npx vitest run -c tests/vitest.config.ts tests/contracts -u` writes them. */
test.each([
  ["codebook", Codebook],
  ["life-event", LifeEvent],
  ["cell", Cell],
  ["release", Release],
])("the JSON Schema of %s says what its contract says", async (name, contract) => {
  const schema = `${JSON.stringify(z.toJSONSchema(contract), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot(`../../data/contracts/${name}.schema.json`);
});
