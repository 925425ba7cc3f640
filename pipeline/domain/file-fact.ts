import { z } from 'zod';

/**
 * What is unusual about a file of a draft beside its text, told by its bytes. `executable` and `test-virus` are never stored;
 * `locked` needs a password, `bomb` unpacks to more than anybody can look through; `ai-made` is what the file itself says of how it was
 * made, and stays in it.
 */
export const FileFactKind = z.enum([
  'executable',
  'test-virus',
  'macro',
  'wrong-extension',
  'locked',
  'damaged',
  'bomb',
  'remote-content',
  'author',
  'position',
  'device',
  'ai-made',
]);
export type FileFactKind = z.infer<typeof FileFactKind>;

export const FileFact = z.object({
  kind: FileFactKind,
  /** Which member of an archive or document it is about; null: the file itself. */
  part: z.string().nullable(),
  /** In the file's own words: what it really is, who wrote it, what made it. A name of a person is masked. */
  detail: z.string().nullable(),
});
export type FileFact = z.infer<typeof FileFact>;
