import { join } from "node:path";
import type { Codebook } from "../../data/contracts/codebook.ts";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { DisclosurePolicy } from "../../data/contracts/policy.ts";
import policy from "../../data/policy/disclosure.json" with { type: "json" };
import { chooseExtracts } from "../../server/pipeline/choose-extracts.ts";
import { describeSeries, type SeriesRequest } from "../../server/pipeline/describe-series.ts";
import { homeAt } from "../../server/store/home.ts";
import { codebookByHash, extractRowsPath, listExtracts } from "../../server/store/microdata/extracts.ts";
import { readExtracts } from "../../server/store/microdata/read-rows.ts";
import { ROOT } from "../command.ts";
import { lifeEvent } from "./made-up.ts";

/** The wave that the cells of months name. */
export const EDITION = "2024";

export const POLICY = DisclosurePolicy.parse(policy);

/** The series of a home's extracts, as a release would ask for them. `amend` says what codebooks cannot say yet. */
export async function seriesIn(
  root: string,
  codebooks: readonly string[],
  asked: Partial<SeriesRequest> & Pick<SeriesRequest, "places">,
  amend: (codebook: Codebook) => Codebook = (codebook) => codebook,
) {
  const home = homeAt(root);
  const sources = codebooks.map((codebook) => ({ codebook, role: "series" }));
  const event = lifeEvent("monthly", "", { sources }) as unknown as LifeEvent;
  const chosen = chooseExtracts(event, listExtracts(home), (extract) =>
    amend(codebookByHash(home, extract.codebookHash)),
  );
  const files = new Map(
    chosen.map(({ extract, codebook }) => [
      extract.id,
      {
        path: extractRowsPath(home, extract.id),
        columns: codebook.columns.flatMap(({ use }, column) => (use === "ignore" ? [] : [column])),
      },
    ]),
  );
  const rows = await readExtracts(files, join(ROOT, "data", "sql"), 2, join(root, "spill"));
  return {
    chosen,
    rows,
    answer: describeSeries({ chosen, rows, policy: POLICY, edition: EDITION, everShown: new Set(), ...asked }),
  };
}
