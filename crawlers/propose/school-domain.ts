/** Below these, names are given to anybody. */
const sharedSuffixes = /^(?:edu|com|net|org|gov|ac|[a-z]{2})\.[a-z]{2}$|^[a-z]+$/;

/** The domain that a school's hosts stand under: `www.example.edu.cn` gives `example.edu.cn`. An address or `localhost` stands for itself. */
export function domainOf(hostname: string): string {
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[') || !hostname.includes('.')) return hostname;
  const labels = hostname.split('.');
  for (let from = labels.length - 2; from > 0; from -= 1) {
    const domain = labels.slice(from).join('.');
    if (!sharedSuffixes.test(domain)) return domain;
  }
  return hostname;
}

export function isOfDomain(url: URL, domain: string): boolean {
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
}

/** What tells a host from the others of its domain: `jwc.example.edu.cn` gives `jwc`; null for `www` and the domain itself. */
export function labelOf({ hostname, port }: URL, domain: string): string | null {
  if (hostname === domain) return port === '' ? null : `site-${port}`;
  const label = hostname
    .slice(0, -domain.length - 1)
    .replace(/^www\./, '')
    .replace(/[^a-z0-9]+/g, '-');
  return label === 'www' || label === '' ? null : label;
}
