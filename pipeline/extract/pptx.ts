import { readEmbedded } from './embedded.ts';
import type { ExtractedPart, ExtractJob, ReadFile } from './extraction.ts';
import { tellPictures } from './pictures.ts';
import { readTexts, readXml, stopReading } from './xml.ts';
import type { ZipContainer, ZipMember } from './zip-container.ts';

const ofText = { of: new Set(['t', 'v', 'text']), lineEnds: new Set(['p', 'pt', 'cm']) };

function isHiddenSlide(zip: ZipContainer, member: ZipMember): boolean {
  let isHidden = false;
  readXml(zip, member, {
    open(name, attributes) {
      if (name === 'sld') isHidden = attributes.get('show') === '0' || attributes.get('show') === 'false';
      stopReading();
    },
  });
  return isHidden;
}

/** A PPTX: slides, hidden ones too, speaker's notes, comments, charts. */
export async function readPptx(zip: ZipContainer, job: ExtractJob): Promise<ReadFile> {
  const options = { ...ofText, maxLength: job.limits.maxTextLength };
  const parts: ExtractedPart[] = [];
  const slides = zip.matching(/^ppt\/slides\/slide\d+\.xml$/i);
  for (const [index, member] of slides.slice(0, job.limits.maxMembers).entries()) {
    const hidden = isHiddenSlide(zip, member);
    const name = `${hidden ? '隐藏幻灯片' : '幻灯片'} ${index + 1}`;
    parts.push({ name, hidden, text: readTexts(zip, member, options).text });
  }
  for (const [pattern, name] of [
    [/^ppt\/notesSlides\/[^/]+\.xml$/i, '演讲者备注'],
    [/^ppt\/comments\/[^/]+\.xml$/i, '批注'],
    [/^ppt\/charts\/chart\d+\.xml$/i, '图表'],
  ] as const)
    for (const member of zip.matching(pattern))
      parts.push({ name, hidden: name !== '图表', text: readTexts(zip, member, options).text });
  const embedded = await readEmbedded(zip, job, /^ppt\/embeddings\//i);
  const hiddenSlides = parts.filter(({ name }) => name.startsWith('隐藏幻灯片')).length;
  const notes = hiddenSlides === 0 ? [] : [`有 ${hiddenSlides} 张隐藏幻灯片`];
  if (slides.length > job.limits.maxMembers) embedded.unread.push({ part: null, reason: 'too-many' });
  const pictures = tellPictures(zip, parts);
  return {
    kind: 'pptx',
    parts: [...parts, ...embedded.parts],
    notes: [...notes, ...embedded.notes, ...pictures.notes],
    unread: [...embedded.unread, ...pictures.unread],
  };
}
