import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { CheckStage } from '../../pipeline/checks/check-stage.ts';
import { runChecks } from '../../pipeline/checks/run-checks.ts';
import { attachmentOf } from '../../pipeline/commands/read-draft-files.ts';
import type { CheckInput, ReadAttachment } from '../../pipeline/domain/check.ts';
import { decodeBytes } from '../../pipeline/extract/decode-bytes.ts';
import type { Extraction } from '../../pipeline/extract/extraction.ts';
import type { FileReader } from '../../pipeline/extract/file-reader.ts';
import { unreadWords } from '../../pipeline/extract/unread-words.ts';
import { type CheckSetting, plainInput, presentFinding } from './check-lines.ts';

const largestFileBytes = 128 * 1024 * 1024;
/** Their text is what stands in the file, character by character, so that offsets are those of the file. */
const plainExtensions = ['.txt', '.md'];

interface Checked {
  /** JSON without line end. */
  output: string;
  failed: boolean;
}

async function readBytes(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > largestFileBytes)
      throw Object.assign(new Error(`larger than ${largestFileBytes / 1024 / 1024} MB`), {
        code: 'too-large',
      });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** What is seen at once is the draft; what is hidden in the file, and what it is like, is looked at as of an attachment. */
function inputOf(
  file: string,
  bytes: Buffer,
  { read, setting }: { read: Extraction; setting: CheckSetting },
): CheckInput {
  const part = (hidden: boolean) =>
    read.parts
      .filter((one) => one.hidden === hidden)
      .map(({ name, text }) => (hidden && name !== '' ? `【${name}】\n${text}` : text))
      .join('\n');
  const name = basename(file).slice(0, 200);
  const attachment: ReadAttachment = {
    ...attachmentOf(name, read, null),
    file: { hash: createHash('sha256').update(bytes).digest('hex'), name, bytes: bytes.length },
    text: part(true),
    // Told once, with the answer as a whole.
    unread: [],
  };
  return { ...plainInput(part(false), setting), attachments: [attachment] };
}

async function readInput(
  file: string,
  { reader, setting }: FileScene,
): Promise<{ input: CheckInput; read: Extraction }> {
  const bytes = await readBytes(file);
  const read = await reader.read(bytes);
  if (plainExtensions.includes(extname(file).toLowerCase())) {
    const { attachments } = inputOf(file, bytes, { read: { ...read, parts: [] }, setting });
    return { input: { ...plainInput(decodeBytes(bytes).text, setting), attachments }, read };
  }
  return { input: inputOf(file, bytes, { read, setting }), read };
}

export interface FileScene {
  stages: readonly CheckStage[];
  setting: CheckSetting;
  reader: FileReader;
  /** With the text that the offsets refer to. */
  withText: boolean;
}

/** Checks one file, or says why it could not be read. */
export async function checkFile(file: string, scene: FileScene): Promise<Checked> {
  try {
    const { input, read } = await readInput(file, scene);
    const { findings, unchecked } = runChecks(scene.stages, input);
    const unread = read.unread.map(({ part, reason }) => ({
      stage: 'extract',
      part,
      reason: unreadWords[reason],
    }));
    // There is no form to fill in, so nothing is asked about it; what a file is like is told by its name.
    const said = findings.filter(
      ({ place }) => place.part !== 'form' || place.ref?.startsWith('attachments.'),
    );
    const answer = {
      file,
      findings: said.map((finding) => ({ part: partOf(finding.place.part), ...presentFinding(finding) })),
      unchecked: [...unread, ...unchecked],
      ...(scene.withText ? { text: input.body } : {}),
    };
    return { output: JSON.stringify(answer), failed: false };
  } catch (error) {
    return { output: JSON.stringify({ file, error: reasonOf(error) }), failed: true };
  }
}

const partOf = (part: CheckInputPart): string =>
  part === 'attachment' ? 'hidden' : part === 'form' ? 'file' : part;
type CheckInputPart = 'title' | 'body' | 'attachment' | 'image' | 'form';

function reasonOf(error: unknown): { code: string; message: string } {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
  const messages: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'the file may not be read',
    EISDIR: 'this is a folder, not a file',
  };
  return { code, message: messages[code] ?? (error instanceof Error ? error.message : 'could not be read') };
}
