import { openContactSeal } from '../../pipeline/commands/contact-seal.ts';
import { openEnterObjection } from '../../pipeline/commands/enter-objection.ts';
import { openObjections } from '../../pipeline/commands/objections.ts';
import type { BlobStore } from '../../pipeline/ports/blob-store.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { readModelFacts } from '../../pipeline/stages/model-facts.ts';
import type { SafeguardDeps } from '../../review-api/http/safeguard-deps.ts';
import { openMemoryKeys } from './memory-keys.ts';

interface Ports {
  stores: Stores;
  blobs: BlobStore;
  clock: Clock;
}

/** As a service has them, with keys that lie in no folder. @param objections the list that crawls ask, if it is another one */
export function openOfficeSafeguards(
  { stores, blobs, clock }: Ports,
  objections = openObjections({ list: stores.objections, keys: openMemoryKeys('objection'), clock }),
): SafeguardDeps {
  return {
    blobs,
    contacts: openContactSeal(openMemoryKeys('contact')),
    enterObjection: openEnterObjection(objections),
    verifyAnchor: () => true,
    readModelFacts,
  };
}
