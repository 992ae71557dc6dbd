import { useEffect, useState } from 'react';
import { fitPicture } from '@/utils/chat/fit-pictures';
import type { PendingImage } from '@/utils/chat/images';
import { pictureLimits } from '@/utils/chat/picture-limits';
import { sayAlso, t } from '@/utils/i18n';
import { useScanPlace } from './scan-place';

await sayAlso('troubles');

/** What is different between a picture as it was handed over and as the model gets it. */
export function PictureChange({ image }: { image: PendingImage }) {
  const { connection, images } = useScanPlace();
  const pictures = images.length;
  const [scaled, setScaled] = useState<string>();
  const provider = connection?.provider;
  useEffect(() => {
    let isCurrent = true;
    setScaled(undefined);
    if (!provider) return;
    fitPicture(image, pictureLimits(provider), pictures)
      .then((fitted) => {
        if (!isCurrent || fitted === image || !fitted.width || !image.width) return;
        const size = (one: { width?: number; height?: number }) => `${one.width} × ${one.height}`;
        setScaled(
          fitted.width === image.width
            ? t('scan.repacked', { provider: provider.name })
            : t('scan.scaled', { from: size(image), to: size(fitted), provider: provider.name }),
        );
      })
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [image, pictures, provider]);
  const said = [
    image.from !== undefined && t('scan.converted', { from: image.from || '?' }),
    image.turned && t('scan.turned'),
    scaled,
  ].filter(Boolean);
  return said.length > 0 && <span className="meta">{said.join(' ')}</span>;
}
