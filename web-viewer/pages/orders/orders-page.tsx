import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function OrdersPage() {
  return <PageSkeleton />;
}
