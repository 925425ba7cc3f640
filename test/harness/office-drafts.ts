import { generateKeyPairSync } from 'node:crypto';
import { buildSealHands } from '../../pipeline/adapters/seal-signer.ts';
import type { CheckStage } from '../../pipeline/checks/check-stage.ts';
import { buildChecks } from '../../pipeline/checks/index.ts';
import { runChecks } from '../../pipeline/checks/run-checks.ts';
import { schoolFactsOf } from '../../pipeline/domain/school-facts.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import type { AppDeps } from '../../review-api/app.ts';

/** One key, in memory: the product's lie in a folder. */
function openSeal(): AppDeps['seal'] {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const kid = '20261120T010000Z';
  return buildSealHands({
    newest: () => ({ kid, privateKey }),
    findPublic: (asked) => (asked === kid ? publicKey : null),
  });
}

/** The product's checks in this thread, by the office's settings; files of drafts are not read. */
export function openOfficeDrafts(
  settings: Stores['settings'],
): Pick<AppDeps, 'seal' | 'checkDraft' | 'readFiles'> {
  let known: { version: number; stages: readonly CheckStage[] } | null = null;
  return {
    seal: openSeal(),
    checkDraft: async (input) => {
      const current = await settings.read();
      if (known?.version !== current.version) {
        const knowledge = { authority: current.authority, school: schoolFactsOf(current) };
        known = { version: current.version, stages: buildChecks(knowledge) };
      }
      return runChecks(known.stages, input);
    },
    readFiles: async () => ({ images: new Map(), attachments: new Map() }),
  };
}
