/** What the pages' two passes on the server, components to elements and elements to markup, have in common. */
const SHARED = globalThis as { stillMarkup?: Map<string, string> };

/** So many characters are kept at most: the pictures of a day, and far more than the pages that are made at once. */
const MOST_CHARACTERS = 64_000_000;
let characters = 0;

/** Keeps a still part by its name, the hash of itself; the longest unused go first. */
export function keepMarkup(name: string, markup: string): void {
  SHARED.stillMarkup ??= new Map();
  const kept = SHARED.stillMarkup;
  if (!kept.delete(name)) characters += markup.length;
  kept.set(name, markup);
  for (const [oldest, text] of kept) {
    if (characters <= MOST_CHARACTERS) return;
    kept.delete(oldest);
    characters -= text.length;
  }
}
