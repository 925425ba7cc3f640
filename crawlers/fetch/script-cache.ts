import type { EgressResponse } from '../../pipeline/ports/egress.ts';

const keptMs = 3_600_000;
const maxBytes = 16 * 1_048_576;

/** The scripts of sites, which all their pages load: asked for once an hour, kept in memory up to 16 MiB; the oldest go first. */
export class ScriptCache {
  readonly #nowMs: () => number;
  readonly #kept = new Map<string, { response: EgressResponse; untilMs: number }>();
  #bytes = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** @param key what may be asked for, and by whom: an answer is kept for those with the same rights only */
  async get(key: string, ask: () => Promise<EgressResponse>): Promise<EgressResponse> {
    const known = this.#kept.get(key);
    if (known !== undefined && known.untilMs > this.#nowMs()) return known.response;
    const response = await ask();
    this.#forget(key);
    if (response.status === 200) {
      this.#kept.set(key, { response, untilMs: this.#nowMs() + keptMs });
      this.#bytes += response.body.length;
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= maxBytes) break;
      this.#forget(oldest);
    }
    return response;
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.response.body.length ?? 0;
    this.#kept.delete(key);
  }
}
