export const login = {
  title: 'أهلًا بعودتك',
  lead: 'سجّل الدخول لتشارك في الدردشة باسمك وتجد طلباتك من جديد.',
  registerTitle: 'أنشئ حسابك',
  registerLead: 'دقيقة واحدة، دون رسالة تأكيد.',
  email: 'البريد الإلكتروني',
  password: 'كلمة المرور',
  passwordHint: 'ثمانية أحرف على الأقل.',
  name: 'اسمك في الدردشة',
  submit: 'تسجيل الدخول',
  submitRegister: 'إنشاء حساب',
  toRegister: 'جديد هنا؟ أنشئ حسابًا',
  toLogin: 'لديك حساب؟ سجّل الدخول',
};
