/**
 * Whether a request comes from our own pages (TRUST §1.6): the browser says so in Sec-Fetch-Site, or its Origin is
 * the host that is asked. A request that says neither is not ours.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site) return site === "same-origin";
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (!origin || !host) return false;
  return URL.canParse(origin) && new URL(origin).host === host;
}
