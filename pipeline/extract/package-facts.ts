import type { ExtractJob } from './extraction.ts';
import { maskAuthor } from './mask-author.ts';
import { readXml, stopReading } from './xml.ts';
import type { ZipContainer } from './zip-container.ts';

const macroMember =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|macrosheets\/[^/]+)$|^Basic\/.+\.xml$|^Scripts\/.+\.(?:js|py|bsh)$/i;
const maxAuthors = 3;

/** Who wrote it and who saved it last, as the offices keep it. */
function readAuthors(zip: ZipContainer): string[] {
  const authors = new Set<string>();
  for (const name of ['docProps/core.xml', 'meta.xml']) {
    const member = zip.find(name);
    if (member === null) continue;
    let isAuthor = false;
    readXml(zip, member, {
      open: (tag) => {
        isAuthor = ['creator', 'lastModifiedBy', 'initial-creator'].includes(tag);
      },
      text: (text) => {
        if (isAuthor && text.trim() !== '') authors.add(maskAuthor(text));
        if (authors.size > maxAuthors) stopReading();
      },
      close: () => {
        isAuthor = false;
      },
    });
  }
  return [...authors];
}

/** What a document fetches from elsewhere as soon as it is opened: a template, a picture, an object; not what one clicks on. */
function fetchesFromElsewhere(zip: ZipContainer): boolean {
  let found = false;
  for (const member of zip.matching(/_rels\/[^/]+\.rels$/i).slice(0, 200)) {
    readXml(zip, member, {
      open(tag, attributes) {
        if (tag !== 'Relationship' || attributes.get('TargetMode') !== 'External') return;
        const type = attributes.get('Type') ?? '';
        if (/\/(?:attachedTemplate|oleObject|frame|image|externalLinkPath)$/.test(type)) found = true;
        if (found) stopReading();
      },
    });
    if (found) break;
  }
  return found;
}

/** What a document that is a ZIP archive holds beside its text. Its failures are those of its readers, and told by them. */
export function addPackageFacts(zip: ZipContainer, { facts, part }: ExtractJob): void {
  if (zip.members.some(({ name }) => macroMember.test(name)))
    facts.push({ kind: 'macro', part, detail: null });
  try {
    for (const author of readAuthors(zip)) facts.push({ kind: 'author', part, detail: author });
    if (fetchesFromElsewhere(zip)) facts.push({ kind: 'remote-content', part, detail: null });
  } catch {
    // Damaged or locked: whoever reads the text says so.
  }
}
