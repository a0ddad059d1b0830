/**
 * Puts what a reader has chosen into the address, and into the links that lead to the same view in another language or
 * wave (`data-keeps`), so that the choice goes along. Null takes a choice away. With an anchor it is a step that the reader
 * can go back from.
 */
export function keepInAddress(choices: Record<string, string | null>, { anchor }: { anchor?: string } = {}): void {
  const links = document.querySelectorAll<HTMLAnchorElement>("a[data-keeps]");
  for (const link of links) link.href = withChoices(link.href, choices);
  const address = withChoices(window.location.href, choices);
  const { history } = window; // its state goes along: without it the page would be asked to draw itself anew
  if (anchor === undefined) history.replaceState(history.state, "", address);
  else history.pushState(history.state, "", `${address.split("#")[0]}#${anchor}`);
}

function withChoices(address: string, choices: Record<string, string | null>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(choices)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  url.search = url.search.replaceAll("%3A", ":");
  return url.href;
}
