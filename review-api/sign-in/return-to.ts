/** A place of the workbench: its own hash, and nothing that could lead anywhere else. */
const ownHash = /^#\/[\w./:~%=&-]{0,200}$/;

/** @returns the hash; empty for anything else, so that one starts at the beginning */
export function parseReturnTo(given: unknown): string {
  return typeof given === 'string' && ownHash.test(given) ? given : '';
}
