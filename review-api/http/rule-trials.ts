interface Progress {
  scanned: number | null;
  total: number | null;
}

const unknown: Progress = { scanned: null, total: null };

/** How far trials of rules are that this process has under way; each is told to whom began it. */
export class RuleTrials {
  readonly #known = new Map<string, Progress>();

  /** @param trialId chosen by whoever asks; without it nobody will ask how far it is */
  begin(
    actorId: string,
    trialId: string | undefined,
  ): { onProgress(scanned: number, total: number): void; end(): void } {
    const key = `${actorId}:${trialId}`;
    if (trialId === undefined) return { onProgress() {}, end() {} };
    return {
      onProgress: (scanned, total) => void this.#known.set(key, { scanned, total }),
      end: () => void this.#known.delete(key),
    };
  }

  read(actorId: string, trialId: string): Progress {
    return this.#known.get(`${actorId}:${trialId}`) ?? unknown;
  }
}
