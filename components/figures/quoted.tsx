import type { Language } from "../../data/contracts/names.ts";
import type { Reference } from "../../data/contracts/reference.ts";
import { decimalNumber } from "./format.ts";

/**
 * A number of a reference: no cell of the release, and marked as what it is by its place in the reference's document,
 * `3x10d-2022/health/score`.
 */
export function Quoted({
  reference,
  path,
  value,
  decimals = 0,
  language,
  className,
}: {
  reference: Reference;
  path: string;
  value: number;
  decimals?: number;
  language: Language;
  className?: string;
}) {
  return (
    <data className={className} data-reference={`${reference.id}/${path}`} value={String(value)}>
      {path === "year" ? String(value) : decimalNumber(value, decimals, language)}
    </data>
  );
}
