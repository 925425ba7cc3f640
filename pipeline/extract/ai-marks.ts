/** What a picture's own data says of how it was made, by the label that the rules on AI labels ask for or by what its maker writes. */

const element = /<(?:[\w-]+:)?AIGC\b[^>]*>([\s\S]{0,4000}?)<\/(?:[\w-]+:)?AIGC>/i;
const attribute = /(?:[\w-]+:)?AIGC\s*=\s*(?:"([^"]{0,4000})"|'([^']{0,4000})')/i;
const sourceType = /(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia)/;
const makers =
  /midjourney|stable[ -]?diffusion|dall[·.-]?e|comfyui|novelai|adobe firefly|imagen|豆包|即梦|文心一格|通义万相|可灵|混元|智谱清言|海螺/i;
const makerKeywords = /^(?:parameters|prompt|workflow|Dream|sd-metadata|invokeai_metadata|AIGC)\0/;

/** The label in an XMP packet, as it stands there; null where there is none. */
export function findXmpLabel(xmp: string): string | null {
  const inElement = element.exec(xmp)?.[1];
  const inAttribute = attribute.exec(xmp);
  return inElement ?? inAttribute?.[1] ?? inAttribute?.[2] ?? null;
}

/** Nothing of the packet but the label, which must not be removed. */
export function buildLabelPacket(label: string): string {
  const value = label.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC="${value}"/></rdf:RDF></x:xmpmeta>`;
}

/** How it says so, in Chinese; null where it says nothing. */
export function findAiMark(kind: 'xmp' | 'text' | 'label' | 'software', text: string): string | null {
  if (kind === 'label') {
    if (text.startsWith('AIGC')) return 'AIGC 标识';
    return /c2pa/i.test(text) && (sourceType.test(text) || makers.test(text)) ? '内容凭证（C2PA）' : null;
  }
  if (kind === 'xmp' && findXmpLabel(text) !== null) return 'AIGC 标识';
  if (sourceType.test(text)) return '来源类型为算法生成';
  if (kind === 'text' && makerKeywords.test(text)) return '生成参数';
  const maker = makers.exec(text)?.[0];
  return maker === undefined ? null : `制作软件 ${maker}`;
}
