import {
  Ban,
  Check,
  CheckCheck,
  Eye,
  EyeOff,
  Flag,
  MicOff,
  Pin,
  ShieldBan,
  Trash2,
  Undo2,
  Unplug,
  Volume2,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonVariant } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { KeyHint } from '../../staff/key-hint.tsx';
import { muteSpans } from '../../staff/mute-spans.ts';
import type { Armed } from '../../staff/use-armed.ts';
import { type DeedName, deedKeys, type Offer } from './person-acts.ts';

const looks = {
  approve: { Icon: Check, variant: 'solid' },
  reject: { Icon: X, variant: 'danger-soft' },
  dismiss: { Icon: Flag, variant: 'outline' },
  resolve: { Icon: CheckCheck, variant: 'solid' },
  delete: { Icon: Trash2, variant: 'danger-soft' },
  pin: { Icon: Pin, variant: 'outline' },
  mute: { Icon: MicOff, variant: 'soft' },
  unmute: { Icon: Volume2, variant: 'outline' },
  'shadow-ban': { Icon: EyeOff, variant: 'soft' },
  'shadow-unban': { Icon: Eye, variant: 'outline' },
  disconnect: { Icon: Unplug, variant: 'soft' },
  ban: { Icon: Ban, variant: 'danger-soft' },
  unban: { Icon: Undo2, variant: 'outline' },
  'ban-merchant': { Icon: ShieldBan, variant: 'danger-soft' },
} as const satisfies Record<DeedName, { Icon: typeof Ban; variant: ButtonVariant }>;

export interface DeedButtonsProps {
  offers: readonly Offer[];
  armed: Armed;
  muteSeconds: number;
  onMuteSeconds: (seconds: number) => void;
  onOffer: (offer: Offer) => void;
}

/** Every act that is possible now, each with its key. */
export function DeedButtons({ offers, armed, muteSeconds, onMuteSeconds, onOffer }: DeedButtonsProps) {
  const { t } = useTranslation();
  const actsOnPerson = offers.some(({ act }) => 'person' in act);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-1.5">
        {offers.map((offer) => (
          <DeedButton key={offer.name} offer={offer} isArmed={armed.is(offer.name)} onOffer={onOffer} />
        ))}
      </div>
      {actsOnPerson && (
        <div className="flex items-center gap-1.5">
          <Segmented
            label={t('staff.muteFor')}
            value={String(muteSeconds)}
            options={muteSpans.map(({ seconds, name }) => ({
              value: String(seconds),
              label: t(`moderation.spans.${name}`),
            }))}
            onChange={(seconds) => onMuteSeconds(Number(seconds))}
            className="flex-1 [&>button]:px-1"
          />
          <KeyHint>T</KeyHint>
        </div>
      )}
    </div>
  );
}

interface DeedButtonProps {
  offer: Offer;
  isArmed: boolean;
  onOffer: (offer: Offer) => void;
}

function DeedButton({ offer, isArmed, onOffer }: DeedButtonProps) {
  const { t } = useTranslation();
  const { Icon, variant } = looks[offer.name];
  const key = deedKeys[offer.name];
  return (
    <Button
      size="small"
      variant={isArmed ? 'danger' : variant}
      data-testid={`act-${offer.name}`}
      aria-keyshortcuts={key}
      className="justify-start px-2! last:odd:col-span-2 pointer-fine:min-h-9"
      onClick={() => onOffer(offer)}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate text-start">
        {isArmed ? t('moderation.pressAgain') : t(`moderation.acts.${offer.name}`)}
      </span>
      <KeyHint>{key.toUpperCase()}</KeyHint>
    </Button>
  );
}
