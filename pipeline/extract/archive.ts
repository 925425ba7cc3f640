import { type ExtractedPart, type ExtractJob, type ReadFile, reasonOf, type Unread } from './extraction.ts';
import { findNameFacts } from './name-facts.ts';
import type { ZipContainer, ZipMember } from './zip-container.ts';

/** What systems leave in archives, which nobody put there. */
const leftovers = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

function isRead(member: ZipMember): boolean {
  return !member.isFolder && !leftovers.test(member.name);
}

/** Members are read like files of their own; their names are text like the rest, since a list may stand in them. */
export async function readArchive(zip: ZipContainer, job: ExtractJob): Promise<ReadFile> {
  const members = zip.members.filter(isRead);
  const { maxMembers } = job.limits;
  const parts: ExtractedPart[] = [
    { name: '压缩包内的文件名', hidden: false, text: members.map(({ name }) => name).join('\n') },
  ];
  const notes: string[] = [`压缩包，共 ${members.length} 个文件`];
  const unread: Unread[] = members.length > maxMembers ? [{ part: null, reason: 'too-many' }] : [];
  for (const member of members.slice(0, maxMembers)) {
    // By its name too: one that is locked cannot be looked into.
    job.facts.push(...findNameFacts(member.name));
    const name = `压缩包内：${member.name}`;
    try {
      const inner = await job.readInner(zip.read(member), member.name);
      for (const part of inner.parts)
        parts.push({ ...part, name: part.name === '' ? name : `${name}：${part.name}` });
      for (const one of inner.unread)
        unread.push({ ...one, part: one.part === null ? name : `${name}：${one.part}` });
    } catch (error) {
      const reason = reasonOf(error);
      unread.push({ part: name, reason });
      // Nothing is left to spend: the rest would fail one by one.
      if (job.spent.unpackedBytes > job.limits.maxUnpackedBytes) break;
    }
  }
  return { kind: 'zip', parts, notes, unread };
}
