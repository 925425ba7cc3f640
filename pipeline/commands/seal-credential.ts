import type { CredentialFacts } from '../domain/credential.ts';
import type { NamedKey } from '../domain/key-ring.ts';
import { openSecret, type SealedPlace, sealSecret } from './seal-secret.ts';

/** What the seal is bound to: moved to another channel, kind or version, it does not open. */
type Place = Pick<CredentialFacts, 'channelId' | 'kind' | 'version'>;

function placeOf({ channelId, kind, version }: Place): SealedPlace {
  return ['guanlan: credential', channelId, kind, version];
}

export function sealCredential(key: NamedKey, place: Place, secret: string): Uint8Array {
  return sealSecret(key, placeOf(place), secret);
}

/** Null for bytes that this key has not sealed for this place. */
export function openSealed(key: NamedKey, place: Place, sealed: Uint8Array): string | null {
  return openSecret(key, placeOf(place), sealed);
}
