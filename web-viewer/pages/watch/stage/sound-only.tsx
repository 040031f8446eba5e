import { Headphones } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';

/** Stands in the picture's place while only the sound is wanted; on a phone above the chat. */
export function SoundOnly({ onPicture }: { onPicture: () => void }) {
  const { t } = useTranslation();
  return (
    <div
      data-testid="sound-only"
      className="on-stage absolute inset-0 grid animate-rise content-start justify-items-center gap-3 p-6 pt-[max(6rem,16dvh)] lg:content-center lg:pt-6 text-center text-on-stage"
    >
      <span className="glass grid size-20 place-items-center rounded-full">
        <Headphones aria-hidden className="size-9" />
      </span>
      <p className="text-lg font-semibold">{t('media.soundOnly')}</p>
      <Button variant="outline" className="glass" onClick={onPicture}>
        {t('media.showPicture')}
      </Button>
    </div>
  );
}
