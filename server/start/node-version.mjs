const OLDEST = [20, 19];

/** What is wrong with this Node, as one sentence; null when nothing is. */
export function nodeProblem(version) {
  const parts = String(version).split(".").map(Number);
  const major = parts[0];
  const minor = parts[1];
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `Node ${OLDEST.join(".")} or newer is needed and this is Node ${version}: install it and try again.`;
}
