import type { Finding } from "./finding.ts";
import type { View } from "./view.ts";

/** The names of measures, variables and codes, as the release gives them; an id where it gives none. */
export function namesOf({ cells }: Pick<View, "cells">) {
  const { measures, variables } = cells.release;
  const variableOf = (id: string) => variables.find((one) => one.id === id);
  return {
    measure: (id: string): Finding["values"][string] => measures.find((one) => one.id === id)?.name ?? id,
    /** Of a variable, for the middle of a sentence. */
    inside: (id: string): Finding["values"][string] => {
      const name = variableOf(id)?.name;
      return name ? { inside: name } : id;
    },
    code: (id: string, code: string): Finding["values"][string] =>
      variableOf(id)?.codes.find((one) => one.code === code)?.name ?? code,
  };
}
