// The tailor from Gəncə on her way through the programme: who works on her case, where it stands, and its pages. All work
// at one screen, one after the other, each signing in and out.

/** The cast by what they do. */
export const CAST = {
  registrar: "Sədaqət Qurbanova",
  officer: "Aynur Rəhimova",
  colleague: "Tural Həsənli",
  counsellor: "Günel Səfərova",
  head: "Vüqar Mustafayev",
  trainer: "Elnarə Kazımova",
  environment: "Rauf Cabbarlı",
  evaluators: ["Nigar Tağızadə", "Samir Orucov"],
  thirdEvaluator: "Könül Bayramova",
  members: ["Zakir Nəsirov", "Mətanət Sadıqova", "Fərid Əzimzadə", "Lalə Hümbətova", "Oqtay Şirinov"],
  secretary: "Təranə Xəlilova",
  procurement: "Kamran Bəşirov",
  storekeeper: "Yaşar Dadaşov",
  monitor: "Şəbnəm Eyvazova",
  grievance: "Nailə Feyzullayeva",
  manager: "Ülviyyə Mahmudova",
  results: "Anar Zeynallı",
  finance: "Rəna Abdullayeva",
  administrator: "Elçin Vəliyev",
};

export class Journey {
  /** `visitor` sits before the screen; `tailor` says what she is called in this journey. */
  constructor(visitor, tailor) {
    Object.assign(this, { visitor, tailor, today: "2024-09-02", roles: new Set() });
    this.buyer = { name: "Səbinə Talıbova", login: "sebine.talibova", password: "qırmızı qatar yavaş gedir" };
  }

  /** Somebody signs in, works, and signs out. */
  async as(name, work) {
    await this.visitor.signIn(name);
    this.roles.add(await this.visitor.role());
    const answer = await work(this.visitor);
    await this.visitor.signOut();
    return answer;
  }

  /** Somebody who was given an account signs in with their password, works, and signs out. */
  async asNewcomer({ login, password, name }, work) {
    const { visitor } = this;
    await visitor.send({ login, password });
    visitor.name = name;
    this.roles.add(await visitor.role());
    const answer = await work(visitor);
    await visitor.signOut();
    return answer;
  }

  get casePath() {
    return `/cases/${this.caseId}`;
  }

  /** From the case's page to the form of what comes next for whoever is signed in. */
  async next(end) {
    const { visitor } = this;
    await visitor.goto(this.casePath);
    const button = visitor.page.locator(`table a[href$="${end}"]`);
    if ((await button.count()) === 0) throw new Error(await visitor.told(`is not led to …${end} by the case's next step`));
    await Promise.all([visitor.page.waitForNavigation(), button.first().click()]);
    await visitor.look();
  }

  /** From the work queue to the form of a task about her. */
  async task(end) {
    const { visitor } = this;
    await visitor.goto("/");
    const link = visitor.page.locator(`main table a[href$="${end}"]`);
    if ((await link.count()) === 0) throw new Error(await visitor.told(`has no task …${end}`));
    await Promise.all([visitor.page.waitForNavigation(), link.first().click()]);
    await visitor.look();
  }

  /** The programme's clock moves on, by whoever is signed in: from the foot of the page. */
  async clockTo(day) {
    const { visitor } = this;
    await visitor.page.locator('footer a[href="/clock"]').click();
    await visitor.page.waitForURL((url) => url.pathname === "/clock");
    await visitor.send({ by: "date", to: day });
    this.today = day;
  }

  /** The day so many months after another, or the first working day from then on. */
  months(months, from) {
    const day = new Date(`${from}T00:00:00Z`);
    day.setUTCMonth(day.getUTCMonth() + months);
    return this.after(1, day.toISOString().slice(0, 10));
  }

  /** The first working day that is so many days after another, as far as weekends go. */
  after(days, from = this.today) {
    const day = new Date(`${from}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + days);
    while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
    return day.toISOString().slice(0, 10);
  }
}
