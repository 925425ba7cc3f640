/** A question to a server that may be away. */
export type Ask<T> = () => Promise<T>;

/** A driver waits ten seconds and more for its server; whoever asks how things are wants to know sooner. */
const askedWithinMs = 2000;

/**
 * @returns the answer; null when the question failed or was not answered in time. What is left of it is not waited for.
 */
export async function askInTime<T>(ask: Ask<T>, withinMs = askedWithinMs): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((settle) => {
    timer = setTimeout(settle, withinMs, null);
  });
  try {
    return await Promise.race([ask(), tooLate]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
