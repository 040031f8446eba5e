import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function ModerationPage() {
  return <PageSkeleton />;
}
