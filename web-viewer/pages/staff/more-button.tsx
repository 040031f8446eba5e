import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';

export interface MoreButtonProps {
  /** A list of pages, as `usePages` gives it. */
  pages: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
}

/** Adds the next page to a list; not there when there is none. */
export function MoreButton({ pages }: MoreButtonProps) {
  const { t } = useTranslation();
  if (!pages.hasNextPage) return null;
  return (
    <Button
      className="self-center"
      data-testid="more"
      busy={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {t('staff.showMore')}
    </Button>
  );
}
