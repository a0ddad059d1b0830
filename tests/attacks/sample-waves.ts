import type { Release } from "../../data/contracts/release.ts";
import { sampleHome, serveHome } from "../home.ts";
import { fetchPictures, type Picture } from "./answers.ts";
import { type Attacker, attackersOf, cellsOfWave, type Seen } from "./scenes.ts";
import { trueWaves } from "./true-waves.ts";

/** A wave of the samples: what is answered of it over HTTP, who its persons are, and who attacks. */
export type Wave = Seen & { name: string; attackers: Attacker[] };

/** Asks a running server of the samples for everything, and as others than anyone. */
export async function seeSamples(others: readonly Record<string, string>[] = []) {
  const home = await sampleHome();
  const { url, stop } = await serveHome(home);
  const pictures = await fetchPictures(url);
  const asOthers: Picture[][] = [];
  for (const headers of others) asOthers.push(await fetchPictures(url, headers));
  await stop();
  return { pictures, asOthers, waves: pictures.flatMap(({ release }) => wavesOf(home, release)) };
}

function wavesOf(home: string, release: Release): Wave[] {
  return [...trueWaves(home, release)].map(([wave, truth]) => ({
    name: `${release.lifeEvent.id} ${wave}`,
    release,
    truth,
    cells: cellsOfWave(release, wave),
    attackers: attackersOf(truth),
  }));
}
