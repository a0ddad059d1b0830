import { z } from "zod";
import { Code, Id, Names } from "./names.ts";

/**
 * A map of equal tiles: each code of a classification has a place on a small grid, counted from the top left, from 1. Its `name`
 * is what people call the place, for lists and sentences (the classification has the official one); its `label` is short enough
 * to stand in the tile, and a soft hyphen says where it may be broken.
 */
export const TileLayout = z.strictObject({
  format: z.literal("tilannekuva.tiles/1"),
  id: Id,
  /** The dated code list whose codes the tiles are. */
  classification: Id,
  source: z.string().min(1),
  tiles: z
    .array(
      z.strictObject({
        code: Code,
        row: z.int().min(1).max(8),
        column: z.int().min(1).max(6),
        name: Names,
        label: Names,
      }),
    )
    .min(1),
});
export type TileLayout = z.infer<typeof TileLayout>;

/** Which code of one classification each code of another belongs to, such as a municipality's county. */
export const Correspondence = z.strictObject({
  format: z.literal("tilannekuva.correspondence/1"),
  id: Id,
  from: Id,
  to: Id,
  source: z.string().min(1),
  codes: z.array(z.strictObject({ from: Code, to: Code })).min(1),
});
export type Correspondence = z.infer<typeof Correspondence>;

/** What is known of how places lie: maps of tiles, what belongs to what, and the names of what others belong to. */
export type Places = {
  layouts: readonly TileLayout[];
  correspondences: readonly Correspondence[];
  names: readonly { classification: Id; codes: readonly { code: Code; name: Names }[] }[];
};
