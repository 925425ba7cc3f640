import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { InvalidInput, NotPermitted, PageChanged } from '../../../pipeline/domain/errors.ts';
import { flattenDocument } from '../../../pipeline/domain/flatten-document.ts';
import { renderWechat } from '../../../pipeline/domain/render-document.ts';
import type { OutgoingWechatDraft } from '../../../pipeline/ports/wechat-drafts.ts';
import { askInterface, type InterfacePorts } from './ask-interface.ts';
import { apiOrigin } from './calls.ts';

type Picture = OutgoingWechatDraft['images'][number];

/** What the interface takes (as its pages say). */
const most = {
  titleSigns: 64,
  contentSigns: 20_000,
  contentBytes: 1_048_576,
  bodyPicture: 1_048_576,
  material: 10 * 1_048_576,
};
/** Of pictures in the text; others go by way of the permanent material, which counts against the account's 100,000. */
const bodyMimes = new Set(['image/jpeg', 'image/png']);
const materialMimes = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/bmp']);

const Uploaded = z.object({ url: z.url({ protocol: /^https?$/ }) });
const Material = Uploaded.extend({ media_id: z.string().min(1) });
const Added = z.object({ media_id: z.string().min(1) });

/** A form with one file, as the interface wants it; the name is plain, whatever the file is called. */
function buildForm({ mime, bytes }: Picture): { contentType: string; body: Uint8Array } {
  const boundary = `----guanlan${randomUUID()}`;
  const extension = mime.slice('image/'.length).replace('jpeg', 'jpg');
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="picture.${extension}"\r\nContent-Type: ${mime}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

function assertTaken(picture: Picture): void {
  if (!materialMimes.has(picture.mime))
    throw new InvalidInput('images', `公众号不接受图片“${picture.name}”的格式，请换成 JPG 或 PNG`);
  if (picture.bytes.length > most.material)
    throw new InvalidInput('images', `图片“${picture.name}”超过 10 MB，公众号不接受，请压缩后替换`);
}

function parse<T extends z.ZodType>(schema: T, json: unknown, path: string): z.output<T> {
  const read = schema.safeParse(json);
  if (!read.success) throw new PageChanged(`${apiOrigin}${path}`, 'the interface answers in another form');
  return read.data;
}

async function uploadForBody(
  ports: InterfacePorts,
  channel: WechatChannel,
  picture: Picture,
): Promise<string> {
  const isSmall = bodyMimes.has(picture.mime) && picture.bytes.length < most.bodyPicture;
  if (!isSmall) return (await uploadMaterial(ports, channel, picture)).url;
  const path = '/cgi-bin/media/uploadimg';
  return parse(Uploaded, await askInterface(ports, channel, { path, ...buildForm(picture) }), path).url;
}

async function uploadMaterial(ports: InterfacePorts, channel: WechatChannel, picture: Picture) {
  const path = '/cgi-bin/material/add_material';
  const call = { path, query: { type: 'image' }, ...buildForm(picture) } as const;
  return parse(Material, await askInterface(ports, channel, call), path);
}

/** What would be refused after all pictures were uploaded is told before the first. */
function assertFits({ title, document, images }: OutgoingWechatDraft): string[] {
  const shown = [...new Set(flattenDocument(document).images.map(({ hash }) => hash))];
  if ([...title].length > most.titleSigns)
    throw new InvalidInput('title', `公众号标题最多 ${most.titleSigns} 个字，请缩短`);
  if (title.trim() === '') throw new InvalidInput('title', '公众号草稿要有标题');
  if (shown.length === 0)
    throw new InvalidInput('images', '公众号草稿要有封面：请在正文里放一张图片，第一张用作封面');
  for (const picture of images.filter(({ hash }) => shown.includes(hash))) assertTaken(picture);
  const { html } = renderWechat(document, () => `https://mmbiz.qpic.cn/${'0'.repeat(160)}`);
  // Whether the platform counts markup among the signs, it does not say; what it refuses after all is told by its number.
  const isLong = flattenDocument(document).text.length >= most.contentSigns;
  if (isLong || Buffer.byteLength(html) >= most.contentBytes)
    throw new InvalidInput('document', '正文超过公众号草稿的上限（2 万字、连同版式 1 MB），请精简后再放入');
  return shown;
}

/** @throws InvalidInput; otherwise as `askInterface` */
export async function addDraft(
  ports: InterfacePorts,
  channel: WechatChannel,
  draft: OutgoingWechatDraft,
): Promise<{ mediaId: string; notes: string[] }> {
  if (!channel.sendsDrafts || channel.appId === undefined)
    throw new NotPermitted('这个公众号没有开启“放入草稿箱”，请联系系统管理员在渠道设置里开启');
  const shown = assertFits(draft);
  const pictures = shown.map((hash) => {
    const found = draft.images.find((image) => image.hash === hash);
    if (found === undefined) throw new InvalidInput('images', '正文里有一张图片找不到文件，请重新插入');
    return found;
  });
  const urls = new Map<string, string>();
  for (const picture of pictures) urls.set(picture.hash, await uploadForBody(ports, channel, picture));
  const [cover] = pictures;
  if (cover === undefined) throw new InvalidInput('images', '公众号草稿要有封面');
  const { media_id: thumb } = await uploadMaterial(ports, channel, cover);
  const { html, links } = renderWechat(draft.document, (hash) => urls.get(hash) ?? null);
  const path = '/cgi-bin/draft/add';
  const article = {
    ...{ title: draft.title, content: html, thumb_media_id: thumb },
    // Who may comment is decided where it is published.
    ...{ need_open_comment: 0, only_fans_can_comment: 0 },
  };
  const added = await askInterface(ports, channel, {
    path,
    contentType: 'application/json; charset=utf-8',
    // As it is written: the platform shows \u4e2d as these six signs.
    body: JSON.stringify({ articles: [article] }),
  });
  const { media_id: mediaId } = parse(Added, added, path);
  const lost =
    links.length === 0
      ? []
      : [`公众号不能带外部链接，${links.length} 个链接只留下了文字：${links.join('、')}`];
  return {
    mediaId,
    notes: [
      '已放入公众号草稿箱，发布请在公众平台由人操作',
      '正文第一张图片用作封面，可在公众平台更换',
      ...lost,
    ],
  };
}
