//! Words by which Tablesetter recognises how a request is put: lists of lower-case words or phrases; plurals and the usual
//! endings of verbs are understood. The configuration can add to them under `[phrases]`. They are constants of the program
//! because every start needs them: read as TOML they were a twelfth of the instructions to a first frame.

use super::{Phrases, WordList};

/// Things that are made.
// "12 banners" asks for output.
const DELIVERABLES: &str = "\
    a0, a1, a2, a3, a4, a5, a6, ad, advert, advertisement, album, alt text, animation, annual report, \
    annual review, appeal letter, arch, art direction, artwork, asset, audio, avatar, b-roll, backdrop, background, \
    badge, bag, bag tag, balloon, ballpoint pen, banner, bar chart, beer mat, bib, billboard, blog, blog graphic, \
    board game, boilerplate, book cover, booklet, bookmark, booth, box, brand book, branded content, branding, \
    brief template, brochure, bumper, bus rear, bus side, business card, business stationery, button badge, \
    calendar, calling card, canvas, capsule, caption, car sticker, card, carousel, carton, case study, catalog, \
    catalog cover, catalogue, certificate, chapter opener, chart, chatbot avatar, cheque, clip, cmyk, coaster, \
    cocktail menu, coffee cup, collateral, colouring sheet, comic, compliment slip, concertina, conference pack, \
    contact sheet, copy, corporate design, costume, countdown, coupon, cover, cut-down, cutdown, dashboard, \
    data sheet, datasheet, deck, deliverable, diagram, digital out of home, direct mail, dispenser, display, \
    display board, display stand, dl, document, docuseries, door hanger, door sign, dpi, drawing, drop card, \
    e-book, e-card, e-mail, ebook, edm, email, email signature, emailer, embroidery, emoji, end card, end frame, \
    envelope, epos, event app, event branding, exhibition, exit sign, explainer, expo wall, facade, face filter, \
    fact sheet, factsheet, fascia, fast facts, favicon, feature graphic, field guide, film, filter, flag, flat lay, \
    flip book, floor plan, floor sticker, floorplan, flow chart, flowchart, flyer, folder, font, footer, format, \
    frieze, game board, gatefold, gazebo, gif, gift card, giveaway, glass manifestation, glossary, gobo, \
    goodie bag, graphic, graphic novel, graphics, greeting card, guide, handbook, handout, hang tag, hangtag, \
    hashtag, header, headshot, hoarding, hoodie, house ad, icon, id card, illustration, image, imagery, info sheet, \
    infographic, inlay, insert, instruction sheet, intranet page, intro, invitation, invite, jersey, jingle, \
    key art, key ring, key visual, keyframe, keynote, keyring, label, landing page, lanyard, layout, leaflet, \
    leave-behind, leave-piece, led wall, letter, letterhead, lettering, lightbox, line drawing, link preview, \
    livery, lobby wall, lock-up, lockup, logbook, logo, logotype, look book, lookbook, lower third, loyalty card, \
    magazine, magnet, mailer, mailing, manifesto, manual, map, marking, marque, masthead, medal, media kit, \
    media wall, membership card, memo, menu, menu board, merch, merchandise, microsite, minibook, mobile page, \
    mock-up, mockup, monogram, mood board, moodboard, motif, motion graphic, mouse mat, mug, mural, name card, \
    name tag, napkin, navigation, newsletter, notebook, notice, noticeboard, one-pager, ooh, opener, order form, \
    org chart, outro, overlay, oversize print, pack, packaging, packet, packshot, page, pamphlet, panel, paper bag, \
    parcel tape, pdf, photo, photo book, photo wall, photobook, photography, photoshoot, pictogram, pictograph, \
    picture, pillow box, pin, placard, place card, place mat, planner, plaque, playbook, playing card, plinth, \
    pocket guide, podcast, point of sale, point-of-sale, poll graphic, polo shirt, pop-up, portrait, pos, post, \
    postcard, poster, postmark, powerpoint, ppt, presentation, press ad, press kit, press release, price book, \
    price card, price list, price tag, price ticket, printout, product page, product shot, profile picture, \
    programme, proof, prospectus, prototype, pull up, pull-up, px, qr code, quote card, rack card, radio spot, \
    raw file, recipe card, reel, reference card, registration form, render, report, rgb, ribbon, roll-up, rollup, \
    rosette, rotating banner, route map, sales aid, sales kit, sample box, sash, save the date, save-the-date, \
    scarf, scoreboard, scorecard, screen, screen loop, screen saver, screenshot, script, seating plan, self-mailer, \
    sell sheet, service sheet, set design, set dressing, sheet, shelf edge, shelf shipper, shelf strip, \
    shelf talker, shirt, shop window, shopfront, shopping bag, shot, showreel, sign, signage, signature, size, \
    sketch, sleeve, sleeves, slide, slideshow, slogan, snapchat filter, social post, social tile, soundtrack, \
    souvenir, speaker card, spec sheet, splash page, splash screen, sponsor board, sports kit, spot, spread sheet, \
    stage design, stage set, stall, stamp, stand, stationery, stencil, step and repeat, sticker, still, stinger, \
    stock image, store window, stories, story, storyboard, strut card, style guide, sub-brand, subtitle, \
    survey design, swag, swatch, swing tag, symbol, t-shirt, t-shirts, tabard, table talker, tablecloth, tag, \
    tagline, talking head, tear sheet, teaser, tee, template, tent, tent card, thumbnail, ticket design, \
    tickets design, tile, timeline, timetable, title card, title sequence, toolbar, toolkit, tote, totem, trade ad, \
    trailer, transcript, tshirt, tutorial, tv spot, type specimen, typography, ui kit, umbrella, unboxing, uniform, \
    uniforms, user guide, vector, vector logo, vehicle graphic, vehicle wrap, version, video, vignette, vinyl, \
    visitor map, visual, voice-over, voiceover, voucher, wall graphic, wallchart, wallet, wallpaper, water bottle, \
    watermark, wayfinding, web banner, web form, webpage, website, website banner, wedding card, white paper, \
    whiteboard, whitepaper, window cling, window graphic, window sticker, wine label, wireframe, wobbler, \
    word cloud, wordmark, workbook, worksheet, wrap, wrapper, wristband, x-banner, year planner, yearbook, zine, \
    zip file";

/// Parts of things and how they look.
// With a verb of change before them, still output ("increase the logo size").
const LOOKS: &str = "\
    barcode, button, colour, color, contrast, font, heading, headline, margin, resolution, spacing, text, wording, \
    crop, file, typeface, reference, sentence, paragraph, caption, bullet, border, line, corner";

/// Verbs of making.
// "Resize", "translate" and the like ask for output too.
const MAKING: &str = "\
    adapt, animate, brighten, clean up the, colour in, colour-correct, convert the, convert to, create, crop, \
    cut down, cut out, cut the, design, draw, edit, embroider, engrave, export, film a, film our, fix the, \
    illustrate, knock up, laminate, lay it out, lay out, localise, localize, look less, look more, look nicer, \
    make a, make an, make it, make it look, make me, make some, make the, make them, make us, mock, mock up, \
    photograph, photoshop, print out, print the, print us, produce, proofread, put together, re-brand, re-cut, \
    re-record, rebrand, recolour, record a, recut, redesign, redraw, reformat, refresh, relabel, render, \
    replace the, reprint, resize, reskin, restyle, resupply, retouch, rework, scan, send me the, send over the, \
    send us the, sharpen, shoot, storyboard, subtitle, swap, swap the, tidy up, to be printed, touch up, translate, \
    turn it into, turn the, turn this, typeset, update, write copy, write up";

/// Words that make an ask of a question that names a thing.
const ASKING: &str = "\
    need, want, please, pls, can you, could you, can we get, could we get, can we have, could we have, can someone, \
    needs, needed, require, requires, required, asap, urgent, deadline is, goes to print, must be, has to be, \
    have to be, has to go, wanted, usual package, could someone, can anyone, would like, we'd like, i'd like, \
    looking for, would you be able to, be able to get, we'd be grateful, grateful for, grateful if, kindly, \
    asks for, ask for, asking for, wants, we'd need, i need, would need, must have, would love, we'd love, \
    i'd love, could do with, would it be possible, is it possible, possible to get, any chance of, order another, \
    send me, send us, send over, deadline for artwork";

/// What is asked for beside them is a talk or an answer, not a thing.
const TALK: &str = "\
    call me, catch up, tell me, tell us, let me know, let us know, advice, discuss, confirm, copy me in, \
    know whether, know if, to know, in the loop, have a word, explain to me how, to talk, talk to, talk about, \
    talk it, a chat, chat about, quick chat, ring me, ring us, phone me, phone us, call us, call you, \
    give me a ring, give me a call, drop me a line, e-mail me, email me, write to me, speak to, speak with, \
    get in touch, reply, forward, disregard, ignore my, point me, remind me, find out, look into it, have a look, \
    check whether, check if, your thoughts, your opinion, your view, bear with me, give me access, grant me, \
    send me the link, move our, reschedule, resend, loop in";

/// A text that begins so asks for an answer, or for nothing.
// The things that it names are not asked for.
const ASIDES: &str = "\
    who, whose, what, what's, which, when, where, why, how, is, are, was, were, do, does, did, has, have, had, \
    when's, who's, where's, how's, why's, anyone, anybody, any news, any update, thanks, thank you, many thanks, \
    fyi, just to let you know, for your information, following up, chasing, re, sorry, talk about, question about, \
    great job, well done, reminder, quick question, i'm on, i am on, congrats, apologies, approved, looks good, \
    looks great, can you tell, could you tell, can you confirm, could you confirm, will, would it, am i, are we, \
    shall we, should i, may i, hope, just checking, checking in, unsure, not sure, i've, i have, we've moved, \
    see attached, see below, wrong thread, thoughts on, any thoughts, tbc, tbd, n a, test, ignore, i'll be, \
    i will be, i am away, we're happy, good morning, general, love it, love this, lovely, brilliant, perfect, \
    happy with, no changes, enquiry, inquiry, can i ask";

/// What changes for somebody.
// One of these makes an ask outcome-worded, whatever is made for it.
const OUTCOMES: &str = "\
    in one round, in one go, one look, at the first attempt, so that, in order to, with the aim, the aim is, \
    our aim, aiming at, aimed at getting, goal, objective, objectives, win back, sign up for, more people, \
    fewer people, cut churn, on shelf, to market, one voice, stop making, stop asking, stop calling, stop using, \
    instead of, rather than to, without having to, without a call, without a phone call, on their own, \
    by themselves, themselves, first choice, first name, think of us, change how, change the way, feel they, \
    feel at home, feel safe, build trust, earn trust, gain trust, staff can, staff know, staff stop, teams can, \
    we are losing, keep losing, go away, fewer, turn up, come back, close the gap, market share, word of mouth, \
    behaviour, how do we get, how might we, make people, make sure people, make it easier for, they should, \
    they can, they know, they will, they stop, they start, they feel, should know, should feel, should think, \
    should be able to, no longer, understand, feel confident, feel proud, feel welcome, feel heard, take notice, \
    change their mind, nobody finds, nobody knows, act on, act sooner, the first time, a second time, \
    for the first time, sell out, see us as, think of, don't know, do not know, cannot find, can't find, \
    don't understand, do not understand, don't trust, do not trust, complain, costs us, cost us, once and for all, \
    for good, instead, twice as many, half as many, feel like, feel part of, recognise, remember, believe, dare to, \
    afraid of, confused, confusion";

/// A text that begins so says what will not happen any more ("no pack is pulled"), unless it asks for something.
const ENDS: &str = "no, nobody, no one, none, not one, zero, never again";

/// Verbs and comparatives of change.
// They count unless what they change is a thing ("increase the logo").
const CHANGES: &str = "\
    lift, increase, grow, reduce, boost, triple, halve, convert, sooner, faster, earlier, avoid, prevent, improve, \
    recover, persuade, convince, reassure, encourage, attract, recruit, retain, strengthen, shorten, speed up, \
    bring down, bring back, minimise, minimize, protect, defend, regain, motivate, become, unlock, free up, \
    inspire, overcome";

/// Words that count only before people or results.
// "More donors", "cut complaints"; not "more banners".
const DEGREES: &str = "\
    more, less, higher, lower, better, most, half, double, twice, cut, keep, save, stop, raise, win, drive, lose, \
    get, help, end, move, slow, lead, share of, up to, down to, back to, back under, miss, fill, book, level, \
    missed, fewer";

/// What an organisation counts.
// These tell a change beside a figure, a verb of change or a comparative; as the
// name of a thing ("sales deck") they do not.
const RESULTS: &str = "\
    install, waiting list, talk, demo booked, absence, accident, active user, adoption, answer, applicant, \
    application, appointment, arrears, attendance, audience, awareness, basket, booking, bookings, breakdown, call, \
    cancel, cancellation, capacity, churn, claim, click-through, client, collection, complaint, consideration, \
    contract, conversation, conversion, conversion rate, cost, customer, deal, debt, delay, demand, donation, \
    donor, download, drop-out, dropout, emergency call, enquiry, entry, error, fall, fine, first pass, \
    first-time order, footfall, gift, guest, incident, injury, inquiry, lead time, listing, loyalty, mandate, \
    margin, market share, member, membership, missed appointment, mistake, misunderstanding, near miss, no-show, \
    nomination, nps, occupancy, open rate, order, outage, overtime, passenger, patient, payment, pipeline, pledge, \
    preference, profit, query, queue, quote, rating, reader, recall, referral, refill, refund, registration, \
    renewal, repeat purchase, repeat visit, response rate, retention, return, revenue, review score, rework, round, \
    round of review, sale, sample, satisfaction, saving, seat, share of, sick day, sign-up, signature, signup, \
    spend, star, subscriber, subscription, take-up, tender, term sheet, test drive, theft, ticket, ticket sale, \
    time from, time to, tip, trial, trust, turnaround, turnout, uptake, usage, user, vacancy, vaccination, viewer, \
    visit, volunteer hour, wait, waiting time, waste";

/// Wishes that nobody could notice without a figure beside them.
const WISHES: &str = "\
    awareness, engagement, visibility, buzz, consideration, preference, impact, excitement, presence, reach, \
    brand love, relevance, image, perception, consistency, synergy, momentum, satisfaction, trust, loyalty";

/// People whose doing or thinking may change, in the plural.
// What they do makes an outcome ("patients cancel in time").
const PEOPLE: &str = "\
    administrators, admins, adults, advertisers, advisers, advisors, agents, alumni, analysts, anyone, applicants, \
    apprentices, athletes, attendees, beginners, borrowers, boys, branches, brokers, businesses, buyers, \
    candidates, carers, chefs, children, citizens, clients, colleagues, commenters, commuters, companies, \
    consumers, contractors, cooks, councillors, creators, crews, customers, cyclists, dealers, delegates, \
    developers, diners, directors, distributors, doctors, donors, drivers, employees, engineers, everybody, \
    everyone, executives, families, fans, farmers, fathers, first years, first-time buyers, folks, followers, \
    freshers, girls, givers, governors, gps, graduates, growers, guests, homeowners, households, installers, \
    investors, journalists, kids, landlords, leaders, listeners, locals, makers, managers, members, men, mentors, \
    midwives, mothers, neighbours, newcomers, nobody, nurses, officers, operators, organisations, owners, parents, \
    partners, passengers, patients, pedestrians, people, players, policyholders, prospects, pupils, readers, \
    recruits, regulars, resellers, residents, retailers, riders, runners, savers, schools, scientists, sellers, \
    shoppers, shops, somebody, sponsors, staff members, stores, students, subscribers, suppliers, supporters, \
    surgeons, swimmers, taxpayers, teachers, teams, technicians, teenagers, tenants, tourists, trainees, \
    travellers, trustees, undergraduates, users, viewers, villagers, visitors, volunteers, voters, waiters, women, \
    workers";

/// Plurals in -ers, -ors and -ists at the head of a clause are taken for people, but for these.
const NOT_PEOPLE: &str = "\
    answers, borders, centers, chapters, colors, computers, containers, corners, counters, covers, dinners, doors, \
    drawers, errors, fibers, filters, floors, flowers, folders, letters, lists, mirrors, monitors, motors, numbers, \
    offers, orders, others, papers, pointers, powers, printers, routers, sensors, servers, shelters, showers, \
    summers, tiers, timers, towers, trailers, trousers, twists, vouchers, waters, winters, wishlists, checklists, \
    playlists, shortlists";

/// What may follow people without saying what they do ("a card for donors in Leeds").
const NEUTRAL: &str = "\
    |, a, about, across, again, also, and, are, as, asap, asked, at, available, because, before, but, by, during, \
    for, from, had, has, have, in, included, into, is, living, love, loved, need, needed, of, on, only, or, over, \
    per, please, pls, requested, said, say, sent, some, that, the, this, to, today, tomorrow, too, under, until, \
    want, wanted, was, we, were, when, where, which, who, whose, will, with, within, would, day, week, event, \
    evening, party, award";

/// Before people, these tell that somebody is to be moved ("get men to volunteer", "help parents find").
const MOVING: &str = "\
    get, help, encourage, persuade, convince, remind, teach, ask, allow, let, enable, make, invite, inspire, tell, \
    show, nudge, bring, reassure, warn, lead, attract, recruit, move, train";

/// One or many who do something together, besides the plurals above.
const ACTORS: &str = "\
    staff, team, crew, press, council, committee, board, branch, clinic, department, company, agency, management, \
    public, store, shop, school, hospital, hotel, dealer, warehouse, factory, office, site, customer, buyer, \
    client, user, visitor, nobody, no one, somebody, everybody, everyone, people, family, partner, supplier, \
    member, tenant, student, teacher, nurse, driver, reader, guest";

/// What they may do.
// An answer in which somebody does one of these says what will be different; an ask is not judged by it.
const DEEDS: &str = "\
    accept, act, adopt, agree, answer, apply, approve, argue, arrive, ask, attend, bring, browse, build, buy, call, \
    cancel, carry, change, check, choose, click, clean, close, collect, come, compare, complain, complete, confirm, \
    cook, copy, decide, deliver, discover, do, donate, download, drink, drive, eat, enrol, enter, explain, fill, \
    find, finish, follow, forget, get, give, go, greet, grow, guess, hand, hang, have, hear, help, hire, hold, \
    ignore, install, invite, join, keep, know, label, learn, leave, like, listen, load, look, lose, make, measure, \
    meet, mention, miss, move, name, notice, offer, open, order, pack, park, pass, pay, phone, pick, place, plan, \
    play, point, prefer, print, publish, pull, put, quote, raise, reach, read, recall, recognise, recommend, \
    recycle, refer, register, remember, renew, repair, repeat, reply, report, reserve, return, reuse, ring, save, \
    say, scan, see, sell, send, serve, set, share, show, sign, sit, skip, sort, speak, spend, start, stay, stock, \
    stop, store, subscribe, suggest, switch, take, talk, teach, tell, thank, think, throw, train, travel, treat, \
    trust, try, turn, understand, upgrade, use, visit, volunteer, vote, wait, walk, warn, wash, watch, wear, win, \
    work, write, book, feel, reorder, trade, ship, claim, exchange, fit, test, request, prepare";

/// Hints for a first guess at the tier, 0 to 4.
// The deepest one counts.
const TIERS: [&str; 5] = [
    "should we, strategy, positioning, for whom, roadmap, explore whether",
    "concept, campaign, hero, launch film, brand film, new identity, naming, rebrand, win back, lift",
    "adapt, adaptation, guide, landing page, booth, catalogue, brochure, newsletter, one voice",
    "\
     resize, banner, poster, sticker, one-pager, gif, cut-down, alt text, formats, price list, update, versions, \
     social cut-down, artwork",
    "template, logo file, business card, name badge, self-serve",
];

fn listed(words: &'static str) -> WordList {
    words.split(',').map(str::trim).collect()
}

impl Phrases {
    /// The words that come with the program.
    pub fn shipped() -> Self {
        Self {
            deliverables: listed(DELIVERABLES),
            looks: listed(LOOKS),
            making: listed(MAKING),
            asking: listed(ASKING),
            talk: listed(TALK),
            asides: listed(ASIDES),
            outcomes: listed(OUTCOMES),
            ends: listed(ENDS),
            changes: listed(CHANGES),
            degrees: listed(DEGREES),
            results: listed(RESULTS),
            wishes: listed(WISHES),
            people: listed(PEOPLE),
            not_people: listed(NOT_PEOPLE),
            neutral: listed(NEUTRAL),
            moving: listed(MOVING),
            actors: listed(ACTORS),
            deeds: listed(DEEDS),
            tiers: TIERS.map(listed),
        }
    }
}
