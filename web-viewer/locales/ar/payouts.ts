export const payouts = {
  modes: { platform: 'عبر الدار', connected: 'حساب المتجر' },
  statuses: { ready: 'جاهز', missing: 'لم يُفتح', incomplete: 'غير مكتمل' },
  platformText:
    'تمر المدفوعات عبر حساب هذه الدار. مع Stripe وعدة متاجر يفتح كل متجر حسابه هنا؛ وفي وضع التجربة لا شيء يُربط.',
  connectedText: {
    ready: 'تذهب مدفوعات هذا المتجر مباشرة إلى حسابه في Stripe.',
    missing: 'افتح حساب المتجر في Stripe. حتى ذلك الحين لا يقبل المدفوعات.',
    incomplete: 'ما زال Stripe يطلب شيئًا. حتى يكتمل لا يقبل المتجر المدفوعات.',
  },
  connect: 'تابع في Stripe',
  manage: 'افتح في Stripe',
  findings: 'الاختلافات',
  findingsText: 'تُقارن الطلبات بالمدفوعات باستمرار. ما يختلف يُصلَح ويُسجَّل هنا.',
  agree: 'كل شيء متطابق',
  agreeText: 'لكل طلب مدفوع دفعته، ولكل دفعة طلبها.',
  findingStatuses: { open: 'يحتاج نظرة', mended: 'أُصلح' },
  kinds: {
    'paid-not-marked': 'دُفع ولم يعلم الطلب',
    'marked-not-paid': 'سُجّل مدفوعًا بلا دفعة',
    'charged-twice': 'خُصم مرتين',
    'charged-after-expiry': 'خُصم بعد انتهاء مهلة الطلب',
    'amount-differs': 'خُصم مبلغ آخر',
    'refund-differs': 'رُدّ مبلغ آخر',
  },
};
