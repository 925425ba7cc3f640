import type { ContactSeal } from '../../pipeline/commands/contact-seal.ts';
import type { EnterObjection } from '../../pipeline/commands/enter-objection.ts';
import type { VerifyAnchor } from '../../pipeline/commands/verify-audit.ts';
import type { BlobStore } from '../../pipeline/ports/blob-store.ts';
import type { ModelFacts } from '../../pipeline/stages/model-facts.ts';

/** What the registers, the desk and the notice need besides the stores. */
export interface SafeguardDeps {
  /** Snapshots, which go with a text that is erased. */
  blobs: BlobStore;
  contacts: ContactSeal;
  enterObjection: EnterObjection;
  verifyAnchor: VerifyAnchor;
  readModelFacts: () => ModelFacts | null;
}
