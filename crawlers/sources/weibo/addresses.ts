import { idOfShort } from './short-id.ts';

/** What the address of an answer says about it. */
export interface AskedFor {
  /** The status whose comments, long text or page were asked for. */
  statusId: string | null;
  /** May this address only ever answer with data? */
  isData: boolean;
}

const dataPaths = /^\/(?:api|statuses|comments|ajax|2|profile\/info)\//;

export function readAddress(url: string | null): AskedFor {
  if (url === null || !URL.canParse(url)) return { statusId: null, isData: false };
  const { hostname, pathname, searchParams } = new URL(url);
  const isPlatform = /(?:^|\.)weibo\.(?:com|cn)$/.test(hostname);
  const inPath = /^\/(?:status|detail|\d{5,12})\/([0-9A-Za-z]{7,20})\/?$/.exec(pathname)?.[1];
  const named = inPath ?? searchParams.get('id') ?? searchParams.get('mid');
  return {
    statusId: named !== null && /^\d{10,20}$/.test(named) ? named : idOfShort(named),
    isData: isPlatform && (dataPaths.test(`${pathname}/`) || hostname.startsWith('api.')),
  };
}

/** Empty for no address, and for what is none. */
export function queryOf(url: string | null): URLSearchParams {
  return url !== null && URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
}

/** The same address, asked again with other parameters; `null` takes one away. */
export function withParameters(url: string, changes: Record<string, string | null>): string {
  if (!URL.canParse(url)) return url;
  const next = new URL(url);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  next.hash = '';
  return next.href;
}
