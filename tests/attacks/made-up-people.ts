import { answer, type draws, type Row } from "../pipeline/made-up.ts";

/** Two answers near one height, of two dimensions. */
export function twoDimensions(random: ReturnType<typeof draws>): Row {
  const [health, social] = [6 + 2 * random.normal(), 6 + 2 * random.normal()];
  const near = (height: number) => answer(height + 0.8 * random.normal());
  return { health_a: near(health), health_b: near(health), social_a: near(social), social_b: near(social) };
}
