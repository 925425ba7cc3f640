/**
 * Where an address of ours stands: below the folder that the page itself came from, which may be a path of the school's own host.
 * @param path as the contract has it, `/api/…`
 * @param page the address of the page
 */
export function ownAddress(path: string, page = document.baseURI): string {
  return new URL(path.replace(/^\//, ''), new URL('.', page)).pathname + searchOf(path);
}

function searchOf(path: string): string {
  const at = path.indexOf('?');
  return at < 0 ? '' : path.slice(at);
}
