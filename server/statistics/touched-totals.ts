/**
 * Many Neumaier sums side by side, one a place (see sum.ts), that know which places were added to: a few of very many
 * places cost no more than themselves. Cleared before each use; the memory stays.
 */
export class TouchedTotals {
  /** The places added to, in the order of their first term: the first `count` of these. */
  readonly touched: Int32Array;
  count = 0;
  private readonly seen: Uint8Array;
  private readonly totals: Float64Array;
  private readonly lost: Float64Array;

  constructor(places: number) {
    this.touched = new Int32Array(places);
    this.seen = new Uint8Array(places);
    this.totals = new Float64Array(places);
    this.lost = new Float64Array(places);
  }

  add(place: number, value: number): void {
    if (this.seen[place] === 0) {
      this.seen[place] = 1;
      this.touched[this.count++] = place;
    }
    const total = this.totals[place]!;
    const next = total + value;
    this.lost[place]! += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    this.totals[place] = next;
  }

  of(place: number): number {
    return this.totals[place]! + this.lost[place]!;
  }

  clear(): void {
    for (let index = 0; index < this.count; index++) {
      const place = this.touched[index]!;
      this.seen[place] = 0;
      this.totals[place] = 0;
      this.lost[place] = 0;
    }
    this.count = 0;
  }
}
