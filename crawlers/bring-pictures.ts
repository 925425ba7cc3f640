import { GuanlanError } from '../pipeline/domain/errors.ts';
import { findPictureMime } from '../pipeline/domain/picture-mime.ts';
import type { Egress, EgressAllowance } from '../pipeline/ports/egress.ts';
import type { PictureSource } from '../pipeline/ports/wechat-drafts.ts';
import { NetworkFailure } from './fetch/network-failure.ts';
import { platformAddress, platformAllowance } from './platforms.ts';
import type { Platforms } from './source.ts';

/** Where WeChat and the layout tools keep the pictures of what is written in them. */
const pictureHosts = [
  ...['mmbiz.qpic.cn', 'mmecoa.qpic.cn'],
  ...['img.xiumi.us', 'statics.xiumi.us', 'image.135editor.com', 'image2.135editor.com', 'bcn.135editor.com'],
];

const mostBytes = 20 * 1_048_576;

export interface BringPorts {
  egress: Egress;
  platforms?: Platforms;
  /** The school's own sites, as they are registered. */
  ownHosts: () => Promise<EgressAllowance['hosts']>;
}

/** Asked by hand, for the one text that an editor brings in; nothing is looked for, and nothing kept beside it. */
export function openPictureSource({ egress, platforms, ownHosts }: BringPorts): PictureSource {
  return {
    fetch: async (url) => {
      const hosts = [...pictureHosts.map((host) => ({ host, paths: ['/'] })), ...(await ownHosts())];
      const allowance = { hosts, privateAddress: false, requestsPerMinute: 240 };
      try {
        const { status, body } = await egress.fetch({
          url: platformAddress(url, platforms),
          allowance: platformAllowance(allowance, platforms),
          robots: 'not-asked',
          maxBytes: mostBytes,
        });
        return status === 200 && findPictureMime(body) !== null ? body : null;
      } catch (error) {
        // Told to the editor with the text: which picture, and that it is to be put in by hand.
        if (error instanceof GuanlanError || error instanceof NetworkFailure) return null;
        throw error;
      }
    },
  };
}
