import { onScopeDispose } from 'vue';

/** Sends at once what is not on the server yet. Resolves to whether all of it is there now. */
type Saver = () => Promise<boolean>;

const savers = new Set<Saver>();

/** Asked before the session is ended here, for as long as the component stands. */
export function useUnsavedWork(saver: Saver): void {
  savers.add(saver);
  onScopeDispose(() => savers.delete(saver));
}

/** Whatever pages save by themselves, now. */
export async function saveUnsavedWork(): Promise<boolean> {
  const done = await Promise.all([...savers].map((saver) => saver()));
  return done.every((isSaved) => isSaved);
}
