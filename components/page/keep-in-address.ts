/**
 * Puts what a reader has chosen into the address, and into the links that lead to the same view in another language or
 * wave (`data-keeps`), so that the choice goes along. Null takes a choice away.
 */
export function keepInAddress(choices: Record<string, string | null>): void {
  const links = document.querySelectorAll<HTMLAnchorElement>("a[data-keeps]");
  for (const link of links) link.href = withChoices(link.href, choices);
  window.history.replaceState(null, "", withChoices(window.location.href, choices));
}

function withChoices(address: string, choices: Record<string, string | null>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(choices)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}
