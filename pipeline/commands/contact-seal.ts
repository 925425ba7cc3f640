import type { KeyRing } from '../domain/key-ring.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

/** Where an answer goes lies sealed: the database alone does not tell it (R13). */
export interface ContactSeal {
  seal(entryId: string, contact: string): string;
  /** Null when the key is not there, or it was sealed for another entry. */
  open(entryId: string, sealed: string): string | null;
}

const placeOf = (entryId: string) => ['guanlan: contact', entryId];

export function openContactSeal(keys: KeyRing): ContactSeal {
  return {
    seal: (entryId, contact) => {
      const key = keys.newest();
      const bytes = sealSecret(key, placeOf(entryId), contact);
      return `${key.kid} ${Buffer.from(bytes).toString('base64')}`;
    },
    open: (entryId, sealed) => {
      const [kid = '', body = ''] = sealed.split(' ');
      const key = keys.find(kid);
      return key === null ? null : openSecret(key, placeOf(entryId), Buffer.from(body, 'base64'));
    },
  };
}
