/** An address that may become a link: http or https only, since it came from a crawled page. Null for anything else. */
export function findWebLink(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
