import { generateKeyPairSync } from 'node:crypto';
import { writeDocx } from '../../pipeline/adapters/docx-writer.ts';
import { buildSealHands } from '../../pipeline/adapters/seal-signer.ts';
import { workbookWriter } from '../../pipeline/adapters/workbook-writer.ts';
import type { CheckStage } from '../../pipeline/checks/check-stage.ts';
import { buildChecks } from '../../pipeline/checks/index.ts';
import { runChecks } from '../../pipeline/checks/run-checks.ts';
import { RetryLater } from '../../pipeline/domain/errors.ts';
import { writePrintedHtml } from '../../pipeline/domain/printed-html.ts';
import { schoolFactsOf } from '../../pipeline/domain/school-facts.ts';
import { extractText } from '../../pipeline/extract/extract-text.ts';
import { readDocument } from '../../pipeline/extract/read-document.ts';
import { readPicture } from '../../pipeline/extract/read-picture.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import type { AppDeps } from '../../review-api/app.ts';
import { FakeWechatDrafts } from './fake-wechat-drafts.ts';

/** One key, in memory: the product's lie in a folder. */
function openSeal(): AppDeps['seal'] {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const kid = '20261120T010000Z';
  return buildSealHands({
    newest: () => ({ kid, privateKey }),
    findPublic: (asked) => (asked === kid ? publicKey : null),
  });
}

/** The product's checks in this thread, by the office's settings; files are looked into here too, and not read again for a check. */
export function openOfficeDrafts(
  settings: Stores['settings'],
): Pick<
  AppDeps,
  'seal' | 'checkDraft' | 'readFiles' | 'files' | 'pictureText' | 'printer' | 'workbooks' | 'wechatDrafts'
> {
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
    files: { read: (bytes) => extractText(bytes), readPicture, readDocument },
    pictureText: false,
    workbooks: workbookWriter,
    wechatDrafts: new FakeWechatDrafts(),
    printer: {
      docx: (documents) => writeDocx(documents),
      html: async (documents) => new TextEncoder().encode(writePrintedHtml(documents)),
      pdf: async () => {
        throw new RetryLater(1000, '这里没有可以打印的浏览器。');
      },
    },
  };
}
