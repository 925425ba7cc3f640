/**
 * This process believes that it is another time from now on; time goes on as ever. For pictures that are the same whenever they
 * are made.
 */
export function setMachineClock(instant: string): void {
  const Real = Date;
  const shiftMs = Real.parse(instant) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given: unknown[]) {
      // @ts-expect-error The forms of a date's constructor are its own business.
      super(...(given.length === 0 ? [Real.now() + shiftMs] : given));
    }

    static override now(): number {
      return Real.now() + shiftMs;
    }
  } as DateConstructor;
}
