import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { imageUrl, type PendingImage } from '@/utils/chat/images';
import { t } from '@/utils/i18n';
import type { ImagePart } from '@/utils/models/types';

/** A picture, shown from memory: nothing is loaded from anywhere. */
export function Picture({ image, label }: { image: ImagePart; label: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = imageUrl(image);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [image]);
  return url && <img src={url} alt={label} draggable={false} />;
}

/** The pictures that go with the next question. */
export function ImageChips({
  images,
  onRemove,
}: {
  images: PendingImage[];
  onRemove: (image: PendingImage) => void;
}) {
  return images.map((image, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may be there twice
    <span key={index} className="chip chip-image">
      <Picture image={image} label="" />
      <bdi className="ellipsis">{image.name}</bdi>
      <button
        type="button"
        className="chip-close"
        aria-label={t('composer.removeImage', { name: image.name })}
        onClick={() => onRemove(image)}
      >
        <X className="icon icon-small" aria-hidden="true" />
      </button>
    </span>
  ));
}

/** The pictures that went with a question. */
export function QuestionImages({ images }: { images: ImagePart[] }) {
  return (
    <div className="question-images">
      {images.map((image, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was sent does not change any more
        <Picture key={index} image={image} label={t('composer.picture', { number: index + 1 })} />
      ))}
    </div>
  );
}
