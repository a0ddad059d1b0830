type Row = { attack: string; on: string; "threshold only": number | string; released: number };

/** What each attack found, at a server with a threshold alone and in what is released: one table at the end. */
export function tally(title: string) {
  const rows: Row[] = [];
  return {
    counted(attack: string, on: string, thresholdOnly: number | null, released: readonly unknown[]) {
      rows.push({ attack, on, "threshold only": thresholdOnly ?? "", released: released.length });
    },
    print() {
      const width = Math.max(...rows.map(({ on }) => on.length), 2);
      const lines = rows.map(
        ({ attack, on, "threshold only": before, released }) =>
          `${attack.padEnd(8)}${on.padEnd(width + 2)}${String(before).padStart(14)}${String(released).padStart(10)}`,
      );
      console.log(
        [
          `${title}: groups below k that were found out`,
          `${"attack".padEnd(8)}${"on".padEnd(width + 2)}threshold only  released`,
          ...lines,
        ].join("\n"),
      );
    },
  };
}
