"""Languages: told apart in short texts, in favour of English where nothing is sure."""

from __future__ import annotations

import pytest

from multivector.evidence.documents.language import language_of

TEXTS = {
    "en": "Kazakhstan and Uzbekistan signed an agreement on Tuesday in Tashkent to build a railway through Kyrgyzstan.",
    "ru": "Казахстан и Узбекистан подписали в Ташкенте соглашение о строительстве железной дороги через Кыргызстан "
    "и договорились, что работы начнутся в будущем году и займут шесть лет.",
    "kk": "Қазақстан мен Өзбекстан Ташкентте Қырғызстан арқылы теміржол салу туралы келісімге қол қойып, жұмыс келесі "
    "жылы басталып, алты жылға созылады деп келісті, деп хабарлады үкімет.",
    "tr": "Kazakistan ile Özbekistan Taşkent'te Kırgızistan üzerinden bir demiryolu yapılmasına ilişkin anlaşma "
    "imzaladı ve çalışmaların gelecek yıl başlayıp altı yıl sürmesi konusunda uzlaştı.",
    "az": "Qazaxıstan və Özbəkistan Daşkənddə Qırğızıstan ərazisindən dəmir yolu çəkilməsi haqqında saziş imzaladı və "
    "işlərin gələn il başlayıb altı il davam etməsi barədə razılığa gəldi.",
    "uz": "Qozog'iston va O'zbekiston Toshkentda Qirg'iziston orqali temir yo'l qurish to'g'risida bitim imzoladi va "
    "ishlar kelgusi yili boshlanib olti yil davom etishiga kelishib oldi.",
    "fr": "Le Kazakhstan et l'Ouzbékistan ont signé à Tachkent un accord sur la construction d'un chemin de fer à "
    "travers le Kirghizistan et sont convenus que les travaux dureraient six ans.",
    "de": "Kasachstan und Usbekistan haben in Taschkent ein Abkommen über den Bau einer Eisenbahn durch Kirgisistan "
    "unterzeichnet und vereinbart, dass die Arbeiten sechs Jahre dauern.",
    "es": "Kazajistán y Uzbekistán firmaron en Taskent un acuerdo para construir un ferrocarril a través de Kirguistán "
    "y acordaron que las obras empezarán el año próximo y durarán seis años.",
    "uk": "Казахстан і Узбекистан підписали в Ташкенті угоду про будівництво залізниці через Киргизстан і домовилися, "
    "що роботи почнуться наступного року та триватимуть шість років.",
    "hy": "Ղազախստանը և Ուզբեկստանը Տաշքենդում ստորագրեցին երկաթուղու կառուցման մասին համաձայնագիր։",
    "ka": "ყაზახეთმა და უზბეკეთმა ტაშკენტში ხელი მოაწერეს რკინიგზის მშენებლობის შეთანხმებას.",
    "zh": "哈萨克斯坦和乌兹别克斯坦在塔什干签署了修建铁路的协议。",
}  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_languages_are_told_apart(code):
    assert language_of(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "Averia joined the Harbour Pact in 2001.",
        "Tokayev, Mirziyoyev, Japarov, Rahmon, Berdimuhamedow, Putin, Lukashenko, Pashinyan, Aliyev.",
        "12 34 56",
        "",
        "KAZAKHSTAN AND UZBEKISTAN SIGNED AN AGREEMENT",
        "The newspaper wrote: «Соглашение подписано». Kazakhstan and Uzbekistan agreed on the railway on Tuesday.",
    ],
)
def test_what_is_not_sure_passes_for_english(text):
    assert language_of(text) == "en"
