import { type DecodedBytes, decodeBytes } from '../../../pipeline/extract/decode-bytes.ts';

export interface DecodedPage extends Omit<DecodedBytes, 'text'> {
  html: string;
}

/** A page as text, decoded by evidence; see `decodeBytes`. */
export function decodePage(bytes: Uint8Array, contentType: string | null = null): DecodedPage {
  const { text, ...how } = decodeBytes(bytes, contentType);
  return { html: text, ...how };
}
