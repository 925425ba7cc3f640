import type { Dispatcher } from 'undici';
import { NotPermitted } from '../../pipeline/domain/errors.ts';
import type { EgressRequest } from '../../pipeline/ports/egress.ts';
import { robotsToken } from './robots.ts';

/** We say who we are: many firewalls want a browser's form of name, which may still carry our own. */
export const sentHeaders = {
  'user-agent': `Mozilla/5.0 (compatible; ${robotsToken}/1.0)`,
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5',
  'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5',
  'accept-encoding': 'gzip, deflate, br',
};

/** Headers that say who asks, from where, or how the connection is used: no caller sets them. */
const ownHeaders =
  /^(?:user-agent|host|connection|content-length|transfer-encoding|accept-encoding|expect|upgrade|te|via|forwarded|x-forwarded-.*|x-real-ip|client-ip|proxy-.*|sec-.*)$/;

/** @throws NotPermitted for a header that only the egress sets; the message holds names, never values */
export function callHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  for (const name of Object.keys(headers)) {
    if (name !== name.toLowerCase() || ownHeaders.test(name)) {
      throw new NotPermitted(`the header ${name} is not a caller's to set`);
    }
  }
  return { ...headers };
}

/** Lower-case names; repeated headers joined. */
export function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

export function validatorsOf({ etag, lastModified }: EgressRequest): Record<string, string> {
  return {
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  };
}

/** Headers are read as Latin-1: what stands in an address unescaped, in whatever encoding, is sent back byte for byte. */
export function escapeBytes(address: string): string {
  return address.replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** An address as messages name it: a query may hold a credential, so that none is repeated. */
export function nameAddress(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}
