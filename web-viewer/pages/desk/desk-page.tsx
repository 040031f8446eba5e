import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function DeskPage() {
  return <PageSkeleton />;
}
