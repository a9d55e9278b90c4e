package io.perennial.sentiment;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The languages the model was taught, each with the small words that give it away and those that turn a meaning round. */
enum Tongue {
    EN(
            "the a an is are was were i you we it he she they this that of to and in for on with my your our do does did have"
                    + " has had will would can what how why be been am not but if at from there please these those here"
                    + " them their its his her him me us as by or when where which who whom than then also some any just"
                    + " about into out up down over i'm i've i'll i'd it's you're you've you'll that's there's we're we've"
                    + " they're he's she's don't doesn't didn't isn't wasn't aren't won't can't couldn't wouldn't shouldn't"
                    + " haven't hasn't could should may might must shall being having doing because while since until"
                    + " however although one two other another each every both all only own same way thing"
                    + " things something anything everything someone anyone get got use used using want need know see think"
                    + " say said make made go going come even still yet too much many more most less",
            "not no never none nobody nothing neither nor cannot without hardly barely dont doesnt didnt isnt wasnt arent"
                    + " wont cant couldnt wouldnt shouldnt aint havent hasnt",
            "very so really too extremely absolutely totally completely incredibly terribly deeply utterly quite such most"
                    + " truly highly damn fucking super"),
    DE(
            "der die das ein eine einen einem ist sind war ich sie wir es und in zu mit auf fur von nicht mein ihr unser"
                    + " habe haben hat kann bitte wie was warum den dem des im am bei auch dass wenn nach seit uns mir mich",
            "nicht kein keine keinen keiner keinem nie niemals niemand nichts ohne kaum weder",
            "sehr so wirklich zu extrem absolut total vollig komplett unglaublich ausserst echt ziemlich richtig uberaus"),
    FR(
            "le la les l' un une des est sont je j' vous nous il elle et en dans pour avec sur de du d' ne n' pas mon ma votre"
                    + " vos notre nos ce cette c' qu' que qui au aux par mais ou a ete avons avez ai suis",
            "ne n' pas jamais rien personne sans aucun aucune ni",
            "tres si vraiment trop extremement absolument totalement completement incroyablement tellement plus"),
    ES(
            "el la los las un una unos es son yo usted nosotros y en con para por de del no mi su nuestro nuestra que se lo al"
                    + " he ha hemos esta este esto como cuando pero muy mas les nos me",
            "no nunca jamas nada nadie sin ningun ninguna ninguno ni tampoco",
            "muy tan realmente demasiado extremadamente absolutamente totalmente completamente increiblemente mas"),
    IT(
            "il lo la i gli le un una uno e sono io voi noi ed in con per di del della dei non mio vostro vostra nostro nostra"
                    + " che si al alla ho ha abbiamo avete questo questa come quando ma molto piu ci vi mi dal nel",
            "non mai niente nulla nessuno nessuna senza ne neppure nemmeno",
            "molto cosi davvero troppo estremamente assolutamente totalmente completamente incredibilmente tanto piu");

    private static final List<Tongue> ALL = List.of(values());
    /** So many small words outweigh what was said about the writer's language. */
    private static final int GIVEN = 2;

    private final String code = name().toLowerCase(Locale.ROOT);
    private final Set<String> small;
    private final Set<String> negating;
    private final Set<String> stressing;

    Tongue(String small, String negating, String stressing) {
        this.small = Set.of(small.split(" ", -1));
        this.negating = Set.of(negating.split(" ", -1));
        this.stressing = Set.of(stressing.split(" ", -1));
    }

    String code() {
        return code;
    }

    /** Whether a word says nothing about anybody's mood by itself. */
    boolean isSmall(String word) {
        return small.contains(word);
    }

    boolean negates(String word) {
        return negating.contains(word) || this == EN && word.endsWith("n't");
    }

    boolean stresses(String word) {
        return stressing.contains(word);
    }

    /** People write in another language than the one that is noted for them; what they write decides when it is clear. */
    static Tongue of(List<Sentence> sentences, @Nullable String language) {
        int[] hits = new int[ALL.size()];
        for (Sentence sentence : sentences) {
            for (Token token : sentence.tokens()) {
                for (Tongue tongue : ALL) {
                    hits[tongue.ordinal()] += tongue.small.contains(token.word()) ? 1 : 0;
                }
            }
        }
        Tongue given = named(language);
        hits[given.ordinal()] += GIVEN;
        Tongue best = given;
        for (Tongue tongue : ALL) {
            if (hits[tongue.ordinal()] > hits[best.ordinal()]) {
                best = tongue;
            }
        }
        return best;
    }

    private static Tongue named(@Nullable String language) {
        if (language != null) {
            for (Tongue tongue : ALL) {
                if (language.length() >= 2 && language.regionMatches(true, 0, tongue.code, 0, 2)) {
                    return tongue;
                }
            }
        }
        return EN;
    }
}
