import { auditSpecs } from './audit-documents.ts';
import { blobSpecs } from './blob-documents.ts';
import { caseSpecs } from './case-documents.ts';
import type { CollectionSpec } from './schema.ts';

/** Everything that the scaled set-up keeps in MongoDB. */
export const collections: readonly CollectionSpec[] = [...caseSpecs, ...auditSpecs, ...blobSpecs];
