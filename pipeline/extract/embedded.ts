import { type ExtractedPart, type ExtractJob, type ReadFile, reasonOf, type Unread } from './extraction.ts';
import type { ZipContainer } from './zip-container.ts';

type Embedded = Pick<ReadFile, 'parts' | 'notes' | 'unread'>;

/** Files that a document carries inside: the table behind a chart, a pasted document. A reader sees a picture of them at most. */
export async function readEmbedded(zip: ZipContainer, job: ExtractJob, pattern: RegExp): Promise<Embedded> {
  const parts: ExtractedPart[] = [];
  const unread: Unread[] = [];
  const members = zip.matching(pattern).filter(({ isFolder }) => !isFolder);
  for (const member of members) {
    const name = `嵌入文件：${member.name.slice(member.name.lastIndexOf('/') + 1)}`;
    try {
      const inner = await job.readInner(zip.read(member), name);
      for (const part of inner.parts)
        parts.push({ ...part, name: part.name === '' ? name : `${name}：${part.name}`, hidden: true });
      for (const one of inner.unread) unread.push({ ...one, part: name });
    } catch (error) {
      unread.push({ part: name, reason: reasonOf(error) });
    }
  }
  return { parts, unread, notes: members.length === 0 ? [] : [`有 ${members.length} 个嵌入文件`] };
}
